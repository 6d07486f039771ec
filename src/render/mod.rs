//! render

pub mod highlight;
