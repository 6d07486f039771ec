//! Complaints about assess.

codes! {}
