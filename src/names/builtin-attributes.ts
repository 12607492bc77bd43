/**
 * Attributes that are no macros: those of the language (The Rust Reference, "Attributes") and those that only std's own
 * source uses, whose names rustc lets no macro have. Every other attribute is looked up as a macro's name, what std itself has as
 * macros (`test`, `derive`, `global_allocator`) among them: a crate may have others of that name.
 */

const NAMES = new Set(
  `allow automatically_derived cfg cfg_attr cold collapse_debuginfo crate_name crate_type debugger_visualizer
default deny deprecated doc expect export_name feature forbid ignore inline instruction_set link link_name
link_ordinal link_section macro_export macro_use must_use naked no_builtins no_core no_implicit_prelude
no_link no_main no_mangle no_std non_exhaustive panic_handler path proc_macro proc_macro_attribute
proc_macro_derive recursion_limit repr should_panic target_feature test_runner track_caller type_length_limit
type_const unstable used warn windows_subsystem reexport_test_harness_main coverage optimize lang
prelude_import stable may_dangle allow_internal_unsafe allow_internal_unstable const_trait fundamental marker
needs_allocator needs_panic_runtime panic_runtime compiler_builtins no_sanitize profiler_runtime thread_local
linkage pointee unsafe_op_in_unsafe_fn ffi_const ffi_pure cfi_encoding do_not_recommend diagnostic`.split(/\s+/),
)
const TOOLS = new Set(['rustfmt', 'clippy', 'diagnostic', 'miri', 'rust_analyzer', 'rustdoc'])

/** Whether an attribute's path, as text, is none that a crate could define. */
export function isBuiltinAttribute(path: string): boolean {
  return NAMES.has(path) || path.startsWith('rustc_') || path === ''
}

/** Whether it is a tool's (`rustfmt::skip`), unless a crate or module has the tool's name. */
export function isToolName(name: string): boolean {
  return TOOLS.has(name)
}
