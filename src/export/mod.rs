//! The handbook's results as records for other programs: values in, text out.
//!
//! Not a stage: the command line prints it, and the pipeline puts it beside the pages (`api/`).

pub mod scores;
