// What the package gives to others.
export {};
