/** Attacks as tests: what was reviewed is clean, and no gate is green over the change. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Attack, GATES, type Gate } from './attack.js'
import { Caps, lead, type Outcome } from './gates.js'

const everything = process.env['CAPS_ATTACKS'] === 'all'

/** With CAPS_ATTACKS=all each attack goes through every gate of its own; otherwise through one, and the gates take turns. */
export function testAttacks(attacks: readonly Attack[]): void {
  let caps: Caps
  beforeAll(() => {
    caps = new Caps()
  })
  afterAll(() => caps.end())

  attacks.forEach((attack, index) => {
    const own = attack.gates ?? GATES.filter((gate) => gate !== 'locked' || attack.refused)
    const turn = own[index % own.length]
    const gates = everything ? own : own.filter((gate) => gate === turn)
    describe(attack.name, () => {
      let outcome: Outcome
      beforeAll(async () => {
        outcome = await lead(caps, attack, gates, everything)
      })
      test('what was reviewed is clean', () => expect(outcome.before).toMatchObject({ code: 0 }))
      for (const gate of gates) testGate(attack, gate, () => outcome)
      if (own.length === 0)
        test('the policy tells it before the change', () => expect(outcome.policy).toMatch(attack.tells))
    })
  })
}

function testGate({ green, tells }: Attack, gate: Gate, outcome: () => Outcome): void {
  const reason = green?.[gate]
  const run = reason === undefined ? test : test.failing
  run(reason === undefined ? gate : `${gate} does not stop it yet: ${reason}`, () => {
    const { code, text = '' } = outcome().after[gate] ?? {}
    expect(text).toMatch(tells)
    // An error is one of the user's, in three parts.
    expect(text).not.toMatch(/defect of caps/)
    expect(code).toBe(gate === 'locked' ? 2 : code === 2 ? 2 : 1)
  })
}
