import app from '@adonisjs/core/services/app'
import { isReadable } from '#app/catalog/fields/characters'
import { Connectors } from '#app/handover/connectors'
import type { HandoverContext } from '#app/handover/connector'
import { handoverContext } from '#app/handover/handover_context'
import { askToCall } from '#app/handover/ask_to_call'
import { mayBeCalled } from '#app/registry/may_be_called'
import { transition } from '#app/core/transition'

/** A hold at the desk lasts no longer than this (minutes). */
const LATER_MINUTES = 5

/**
 * Gives a pending handover to its connector. When nothing of what was wished could be had, a caller
 * with the watchword asks the resident; where there is no watchword or phone, a letter does. What is wanted
 * can't be booked before it is known: that is always asked by letter.
 */
export async function handOver(handoverId: string): Promise<void> {
  const connectors = await app.container.make(Connectors)
  await transition(async (t) => {
    const context = await handoverContext(t, handoverId)
    const { handover, submission } = context
    if (handover.state !== 'pending' || submission.state === 'erased') return
    const result = enoughBasis(context)
      ? await connectors.named(handover.connector).hand(t, context)
      : ({ state: 'unclear' } as const)
    if (result.state === 'later')
      return t.wake({ type: 'handover', id: handover.id, after: LATER_MINUTES * 60 })
    const state =
      result.state === 'full' && canBeCalled(context) && (await mayBeCalled(t, submission))
        ? 'asked'
        : result.state
    await handover
      .merge({
        state,
        reference: 'reference' in result ? result.reference : null,
        attempts: handover.attempts + 1,
      })
      .save()
    if (state === 'asked') await askToCall(t, submission)
    t.record({
      verb: `handover.${state}`,
      subject: { type: 'handover', id: handover.id },
      clientId: submission.clientId,
      submissionId: submission.id,
    })
  })
}

/** The service says on which bases a required value is enough. */
function enoughBasis({ version, basis }: HandoverContext): boolean {
  const enough = version.description.enoughBases
  return version.fields.every((field) => {
    const given = basis(field.key)
    return !field.required || given === null || enough.includes(given)
  })
}

/** A caller says the resident's own watchword first; without one a letter goes before any call. */
function canBeCalled({ version, value }: HandoverContext): boolean {
  const { watchword, phone } = version.description.person
  return [value(watchword), value(phone)].every(isReadable)
}
