//! What a build produces.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The files of a site: path below the output folder (forward slashes, no leading slash) → bytes.
pub type Outputs = BTreeMap<String, Arc<[u8]>>;
