//! Depends on what may be added, so that there is a lockfile of the day.
