/**
 * Capslock's messages as far as its JSON holds them, from the names, numbers and types of its `capability.proto`, in the
 * words of protobuf's own descriptors; and a ProtoJSON reader that, as Capslock's, refuses unknown fields and names.
 */
import { createFileRegistry, fromJson, type JsonObject, type JsonValue, toJson } from '@bufbuild/protobuf'
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt'

const PACKAGE = 'capslock.proto'

const field = (name: string, number: number, type: string, typeName?: string, repeated = false): JsonValue => ({
  name,
  jsonName: name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  number,
  label: repeated ? 'LABEL_REPEATED' : 'LABEL_OPTIONAL',
  type: `TYPE_${type}`,
  ...(typeName !== undefined && { typeName: `.${PACKAGE}.${typeName}` }),
})
const enumeration = (name: string, prefix: string, values: readonly string[]): JsonValue => ({
  name,
  value: values.map((value, number) => ({ name: `${prefix}_${value}`, number })),
})

const descriptor = fromJson(FileDescriptorProtoSchema, {
  name: 'capability.proto',
  package: PACKAGE,
  syntax: 'proto2',
  messageType: [
    {
      name: 'CapabilityInfo',
      field: [
        field('package_name', 1, 'STRING'),
        field('capability', 2, 'ENUM', 'Capability'),
        field('dep_path', 3, 'STRING'),
        field('package_dir', 4, 'STRING'),
        field('capability_type', 5, 'ENUM', 'CapabilityType'),
        field('path', 6, 'MESSAGE', 'Function', true),
        field('capability_name', 7, 'STRING'),
      ],
    },
    {
      name: 'Function',
      field: [field('name', 1, 'STRING'), field('site', 2, 'MESSAGE', 'Function.Site'), field('package', 3, 'STRING')],
      nestedType: [
        {
          name: 'Site',
          field: [field('filename', 1, 'STRING'), field('line', 2, 'INT64'), field('column', 3, 'INT64')],
        },
      ],
    },
    { name: 'ModuleInfo', field: [field('path', 1, 'STRING'), field('version', 2, 'STRING')] },
    { name: 'PackageInfo', field: [field('path', 1, 'STRING'), field('ignored_files', 2, 'STRING', undefined, true)] },
    {
      name: 'CapabilityInfoList',
      field: [
        field('capability_info', 1, 'MESSAGE', 'CapabilityInfo', true),
        field('module_info', 2, 'MESSAGE', 'ModuleInfo', true),
        field('package_info', 3, 'MESSAGE', 'PackageInfo', true),
      ],
    },
  ],
  enumType: [
    enumeration('Capability', 'CAPABILITY', [
      'UNSPECIFIED',
      'SAFE',
      'FILES',
      'NETWORK',
      'RUNTIME',
      'READ_SYSTEM_STATE',
      'MODIFY_SYSTEM_STATE',
      'OPERATING_SYSTEM',
      'SYSTEM_CALLS',
      'ARBITRARY_EXECUTION',
      'CGO',
      'UNANALYZED',
      'UNSAFE_POINTER',
      'REFLECT',
      'EXEC',
    ]),
    enumeration('CapabilityType', 'CAPABILITY_TYPE', ['UNSPECIFIED', 'DIRECT', 'TRANSITIVE']),
  ],
})

const list = createFileRegistry(descriptor, () => undefined).getMessage(`${PACKAGE}.CapabilityInfoList`)

/** The list as Capslock would hold and write it again. Throws for what Capslock's reader refuses. */
export function throughProto(json: string): JsonObject {
  if (!list) throw new Error('the descriptor has no CapabilityInfoList')
  return toJson(list, fromJson(list, JSON.parse(json))) as JsonObject
}
