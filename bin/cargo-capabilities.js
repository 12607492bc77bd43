#!/usr/bin/env node
// `cargo capabilities analyze .`: cargo starts a program of this name with the name of the subcommand as first argument.
// Cargo has then read the configuration of the directory it was started in: in a checkout of strangers, run `caps` itself.
if (process.argv[2] === 'capabilities') process.argv.splice(2, 1)
await import('./caps.js')
