/**
 * The store room: bytes by key in the user's cache directory, so that nothing is worked out twice. It does not know what the bytes
 * mean. Its law: what it gives is what was put, or nothing; trouble with it costs time and never the answer.
 */
export { MOST_BYTES, storeDirectory } from './place.js'
export { openStore, type Store, type StoreSummary } from './store.js'
export { exportStore, importStore, TransferFault } from './transfer.js'
