//! The private folder of a pod: it stands for the root of the pod's volumes and goes with the pod.

use std::collections::BTreeMap;
use std::fs;
use std::io;

use tempfile::TempDir;

use crate::workflow::ContainerSet;

/// A new folder with the artifacts and the HOMEs of a set in it.
pub(super) async fn with_files(set: &ContainerSet) -> io::Result<TempDir> {
    let homes: Vec<_> = set.containers.iter().map(|container| container.home.clone()).collect();
    let files = set.files.clone();
    // In one piece: when nobody waits any more, what was begun is ended, and the folder is removed with its handle.
    tokio::task::spawn_blocking(move || write(&homes, &files)).await?
}

fn write(homes: &[String], files: &BTreeMap<String, String>) -> io::Result<TempDir> {
    let folder = private()?;
    // Paths were checked to be absolute and plain, so they stay below the folder.
    let local = |path: &str| folder.path().join(path.trim_start_matches('/'));
    for home in homes {
        fs::create_dir_all(local(home))?;
    }
    for (path, data) in files {
        let path = local(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, data)?;
    }
    Ok(folder)
}

/// A folder that nobody else may look into, whatever the umask is.
fn private() -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("berth-sandbox-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
}
