//! One integration binary: a file per command or stage.

mod highlight;
