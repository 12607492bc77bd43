use std::ffi::{c_int, c_void, OsStr};
use std::os::windows::ffi::OsStrExt;

#[link(name = "shell32")]
unsafe extern "system" {
    fn ShellExecuteW(
        window: *mut c_void,
        operation: *const u16,
        file: *const u16,
        parameters: *const u16,
        directory: *const u16,
        show: c_int,
    ) -> *mut c_void;
}

pub fn open(address: &str) -> std::io::Result<()> {
    let wide: Vec<u16> = OsStr::new(address).encode_wide().chain([0]).collect();
    let none = std::ptr::null();
    // SAFETY: `wide` ends in 0 and lives until the call is over.
    let code = unsafe { ShellExecuteW(std::ptr::null_mut(), none, wide.as_ptr(), none, none, 1) };
    if code as usize > 32 { Ok(()) } else { Err(std::io::Error::last_os_error()) }
}
