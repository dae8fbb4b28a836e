//! What kind of thing each part of a value is, as serde tells it; how it is written is left to the sinks.

use std::fmt::Display;

use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use crate::{Kind, Sink};

/// Tells a sink one value, or the key of one.
pub(crate) struct Events<'s> {
    sink: &'s mut dyn Sink,
    is_key: bool,
}

/// Why a value can't be written.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct EmitError(String);

impl ser::Error for EmitError {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

type Told = Result<(), EmitError>;

impl<'s> Events<'s> {
    pub(crate) fn of(sink: &'s mut dyn Sink) -> Self {
        Self { sink, is_key: false }
    }

    fn integer(self, negative: bool, size: u64) {
        if self.is_key {
            let mut text = String::new();
            crate::push_integer(&mut text, negative, size);
            self.sink.key(&text);
        } else {
            self.sink.integer(negative, size);
        }
    }

    fn begin(self, kind: Kind) -> Result<Block<'s>, EmitError> {
        if self.is_key {
            return Err(EmitError("a list or map is no key".to_owned()));
        }
        self.sink.begin(kind);
        Ok(Block { sink: self.sink, kind, in_variant: false })
    }

    /// The value in a map of one entry, whose key names the variant of an enum.
    fn variant(self, name: &str, kind: Kind) -> Result<Block<'s>, EmitError> {
        let map = self.begin(Kind::Map)?;
        map.sink.key(name);
        map.sink.begin(kind);
        Ok(Block { sink: map.sink, kind, in_variant: true })
    }
}

impl<'s> Serializer for Events<'s> {
    type Ok = ();
    type Error = EmitError;
    type SerializeSeq = Block<'s>;
    type SerializeTuple = Block<'s>;
    type SerializeTupleStruct = Block<'s>;
    type SerializeTupleVariant = Block<'s>;
    type SerializeMap = Block<'s>;
    type SerializeStruct = Block<'s>;
    type SerializeStructVariant = Block<'s>;

    fn serialize_bool(self, value: bool) -> Told {
        if self.is_key {
            self.sink.key(if value { "true" } else { "false" });
        } else {
            self.sink.boolean(value);
        }
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Told {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Told {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Told {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Told {
        self.integer(value < 0, value.unsigned_abs());
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Told {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Told {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Told {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Told {
        self.integer(false, value);
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Told {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, _: f64) -> Told {
        self.serialize_unit()
    }

    fn serialize_char(self, value: char) -> Told {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Told {
        if self.is_key {
            self.sink.key(value);
        } else {
            self.sink.text(value);
        }
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Told {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Told {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Told {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Told {
        if self.is_key {
            self.sink.key("null");
        } else {
            self.sink.null();
        }
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Told {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Told {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Told {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Told {
        let mut map = self.begin(Kind::Map)?;
        map.field(variant, value)?;
        map.finish();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Block<'s>, EmitError> {
        self.begin(Kind::List)
    }

    fn serialize_tuple(self, _: usize) -> Result<Block<'s>, EmitError> {
        self.begin(Kind::List)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Block<'s>, EmitError> {
        self.begin(Kind::List)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Block<'s>, EmitError> {
        self.variant(variant, Kind::List)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Block<'s>, EmitError> {
        self.begin(Kind::Map)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Block<'s>, EmitError> {
        self.begin(Kind::Map)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Block<'s>, EmitError> {
        self.variant(variant, Kind::Map)
    }
}

/// A list or a map that is being told.
pub(crate) struct Block<'s> {
    sink: &'s mut dyn Sink,
    kind: Kind,
    /// Is it the value in a map that names a variant?
    in_variant: bool,
}

impl Block<'_> {
    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Told {
        self.sink.item();
        self.value(value)
    }

    fn key(&mut self, key: &(impl Serialize + ?Sized)) -> Told {
        key.serialize(Events { sink: &mut *self.sink, is_key: true })
    }

    fn value(&mut self, value: &(impl Serialize + ?Sized)) -> Told {
        value.serialize(Events::of(&mut *self.sink))
    }

    fn field(&mut self, key: &'static str, value: &(impl Serialize + ?Sized)) -> Told {
        self.sink.key(key);
        self.value(value)
    }

    fn finish(self) {
        self.sink.end(self.kind);
        if self.in_variant {
            self.sink.end(Kind::Map);
        }
    }
}

/// Serde has one trait for each kind of list, and they differ in the name of a method.
macro_rules! lists {
    ($($trait:ident::$method:ident),* $(,)?) => {
        $(impl $trait for Block<'_> {
            type Ok = ();
            type Error = EmitError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Told {
                self.item(value)
            }

            fn end(self) -> Told {
                self.finish();
                Ok(())
            }
        })*
    };
}

lists! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
}

macro_rules! structs {
    ($($trait:ident),* $(,)?) => {
        $(impl $trait for Block<'_> {
            type Ok = ();
            type Error = EmitError;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Told {
                self.field(key, value)
            }

            fn end(self) -> Told {
                self.finish();
                Ok(())
            }
        })*
    };
}

structs!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Block<'_> {
    type Ok = ();
    type Error = EmitError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Told {
        self.key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Told {
        self.value(value)
    }

    fn end(self) -> Told {
        self.finish();
        Ok(())
    }
}
