import db from '@adonisjs/lucid/services/db'
import vine from '@vinejs/vine'
import type { CALL_WORDS } from '#app/catalog/script_steps'
import { show } from '#app/catalog/field_values'
import { wishesOf } from '#app/catalog/handover_rules'
import { callLines } from '#app/catalog/spoken_script'
import { slotsOf } from '#app/handover/connectors'
import { finishCall } from '#app/handover/finish_call'
import { contactsOfSubmissions } from '#app/registry/contacts_of_submissions'
import { spokenSlot } from '#app/core/spoken'
import { eraDate } from '#app/core/japanese_calendar'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import { submissionOf } from '#app/tasks/own_assignment'
import type { TaskKind } from '#app/tasks/task_kind'

const OFFERED_SLOTS = 6

const callValidator = vine.create({
  outcome: vine.enum(['booked', 'not_reached', 'declined'] as const),
  slot_id: vine.string().uuid().optional().requiredWhen('outcome', '=', 'booked'),
})

/** A call to somebody whose wishes aren't free: they choose. */
export const callTask: TaskKind = {
  name: 'call',
  label: 'tasks.kind_call',
  permission: 'calls.make',
  view: 'handover/call',

  async screen({ auth, locale }, assignment) {
    const { submission, version } = await submissionOf(assignment)
    const latest = await latestValues(submission)
    const value = valueIn(latest?.values)
    const { person, contact, callScript, handover } = version.description
    const slots = await slotsOf(version).offers(
      { submission, version, value },
      { door: 'phone', count: OFFERED_SLOTS },
      db
    )
    const contactable = (await contactsOfSubmissions([submission.id], db)).get(submission.id)
    const words: Record<(typeof CALL_WORDS)[number], string> = {
      city: contact.city,
      caller: auth.getUserOrFail().displayName,
      watchword: value(person.watchword),
      name: value(person.name),
      phone: contact.phone,
    }
    return {
      receipt: submission.receipt,
      watchword: words.watchword,
      phone: value(person.phone),
      isRefused: contactable?.refusesCalls ?? false,
      name: words.name,
      kana: value(person.kana),
      script: callLines(callScript[locale], !contactable?.stop).map((line) =>
        line.replace(/\{([a-z]+)\}/g, (whole, key: keyof typeof words) => words[key] ?? whole)
      ),
      slots: slots.map((slot) => ({ id: slot.slotId, text: spokenSlot(slot.startsAt) })),
      wishes: wishesOf(handover)
        .filter((field) => value(field))
        .map((field) => show(version.field(field), value(field), locale)),
      arrived: eraDate(submission.arrivedOn),
    }
  },

  async finish({ auth, request }, assignment) {
    const [problems, input] = await callValidator.tryValidate(request.all())
    if (problems) return { then: 'again', shown: { problem: 'tasks.choose_one' } }
    const outcome =
      input.outcome === 'booked'
        ? { kind: input.outcome, slotId: input.slot_id! }
        : { kind: input.outcome }
    const done = await finishCall(auth.getUserOrFail(), assignment, outcome)
    if (!done.ok && done.reason === 'slot_taken')
      return { then: 'again', shown: { problem: 'tasks.slot_taken' } }
    return { then: done.ok ? 'next' : 'late' }
  },
}
