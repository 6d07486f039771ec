//! The handbook as records for other programs: values in, text out.
//!
//! Not a stage: the command line prints it, and the pipeline puts scores beside the pages (`api/`).

pub mod scores;
pub mod search;
