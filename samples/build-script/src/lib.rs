//! What the build script made (it is generated, so no analysis of the source can read it), and a foreign function.

include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// The revision that the crate was built from.
pub const REVISION: &str = env!("BUILD_REVISION");

unsafe extern "C" {
    fn crc32(crc: std::ffi::c_ulong, bytes: *const u8, length: std::ffi::c_uint) -> std::ffi::c_ulong;
}

/// The CRC-32 of the bytes, by the zlib that was linked.
pub fn checksum(bytes: &[u8]) -> u32 {
    // SAFETY: the pointer and the length are those of one slice.
    unsafe { crc32(0, bytes.as_ptr(), bytes.len() as std::ffi::c_uint) as u32 }
}
