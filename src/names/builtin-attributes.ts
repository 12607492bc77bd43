/**
 * Attributes that are no macros: those of the language (The Rust Reference, "Attributes"), those that only std's own
 * source uses, and those of tools (`rustfmt::skip`). Every other attribute is looked up as a macro's name.
 */

const NAMES = new Set(
  `allow automatically_derived cfg cfg_attr cold collapse_debuginfo crate_name crate_type debugger_visualizer default
deny deprecated derive doc expect export_name feature forbid global_allocator ignore inline instruction_set link
link_name link_ordinal link_section macro_escape macro_export macro_use must_use naked no_builtins no_core no_implicit_prelude no_link
no_main no_mangle no_std non_exhaustive panic_handler path proc_macro proc_macro_attribute proc_macro_derive
recursion_limit repr should_panic start target_feature test test_runner track_caller type_length_limit type_const unstable used
warn windows_subsystem bench test_case global_asm plugin plugin_registrar reexport_test_harness_main coverage optimize
lang prelude_import stable may_dangle allow_internal_unsafe allow_internal_unstable const_trait fundamental marker
needs_allocator needs_panic_runtime panic_runtime compiler_builtins no_sanitize sanitize profiler_runtime thread_local linkage pointee
unsafe_op_in_unsafe_fn derive_const cfg_eval cfg_accessible alloc_error_handler ffi_const ffi_pure rustfmt_skip
cfi_encoding do_not_recommend diagnostic pin_v2 eii define_opaque deprecated_safe splat loop_match const_continue no_coverage`.split(
    /\s+/,
  ),
)
const TOOLS = new Set(['rustfmt', 'clippy', 'diagnostic', 'miri', 'rust_analyzer', 'rustdoc'])

/** Whether an attribute's path, as text, is none that a crate could define. */
export function isBuiltinAttribute(path: string): boolean {
  if (NAMES.has(path) || path.startsWith('rustc_') || path === '') return true
  const colon = path.indexOf('::')
  return colon > 0 && TOOLS.has(path.slice(0, colon))
}
