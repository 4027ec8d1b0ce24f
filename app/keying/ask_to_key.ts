import type ServiceVersion from '#app/catalog/service_version'
import { keyTaskOf, type KeyedUnder, type OnPaper } from '#app/keying/key_task_of'
import { keyByMachine, learntRules, type MachineKeying } from '#app/keying/machine_keyer'
import { isForMachine, passesOf } from '#app/keying/passes'
import { readingsOf } from '#app/intake/readings_of'
import type { OfferRules } from '#app/reading/offer_rules'
import type Submission from '#app/submissions/submission'
import { openSealer } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'
import { addTask } from '#app/tasks/add_task'

/** Finds what the machine may key of a version; null where that counts for nothing. Learnt before any row is locked. */
export async function machineRules(version: ServiceVersion): Promise<OfferRules | null> {
  return version.description.enoughBases.includes('machine') ? learntRules(version.serviceId) : null
}

/** Collects what the machine needs to key a request. */
export async function machineFor(
  t: Transition,
  submission: Submission,
  rules: OfferRules | null
): Promise<MachineKeying | null> {
  if (!rules) return null
  return {
    readings: await readingsOf(submission.id, t.trx),
    rules,
    sealer: await openSealer(submission.dataKeyId, t.trx),
  }
}

/**
 * Has a group keyed by as many as it asks for, the machine among them.
 * @returns the passes of people
 */
export async function askToKey(
  t: Transition,
  under: KeyedUnder,
  version: ServiceVersion,
  one: OnPaper,
  machine: MachineKeying | null
): Promise<number[]> {
  const mayKey = machine && one.laidOut && isForMachine(one.group, version)
  const keyed = mayKey
    ? await keyByMachine(t, under.submission, one.group, machine)
    : new Set<string>()
  const passes = passesOf(one.group, keyed)
  for (const pass of passes) await addTask(t, keyTaskOf(under, one, pass))
  return passes
}
