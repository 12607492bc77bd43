// Cycles, looked for in the compiled code, where imports of types are gone (see .dependency-cruiser.mjs).
/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Files that import each other’s values cannot be read, tested or loaded one by one.',
      severity: 'error',
      from: { path: '^dist/' },
      to: { circular: true },
    },
  ],
  options: { doNotFollow: { path: 'node_modules' } },
}
