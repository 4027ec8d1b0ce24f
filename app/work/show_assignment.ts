import { examplesByField, type CALL_WORDS } from '#app/catalog/description'
import { wishesOf } from '#app/catalog/service_handover'
import type { HttpContext } from '@adonisjs/core/http'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { typed, show } from '#app/catalog/kinds'
import { callLines } from '#app/catalog/spoken_script'
import { contactsOfSubmissions } from '#app/register/contacts_of_submissions'
import ServiceVersion from '#app/catalog/service_version'
import { showCallBack } from '#app/calls/show_call_back'
import { showCorrection } from '#app/orders/show_correction'
import { Connectors } from '#app/handover/connectors'
import Page from '#app/intake/page'
import { possibleMates } from '#app/intake/pair_pages'
import { compareEntries } from '#app/keying/compare_entries'
import { decisionsOf } from '#app/keying/decisions_of'
import { entriesOf } from '#app/keying/entry'
import { shownRetractable } from '#app/keying/shown_retractable'
import { readingsOf } from '#app/recognition/keep_readings'
import type { LetterFaults } from '#app/replies/check_letter'
import { spokenSlot } from '#app/replies/compose_letter'
import type { Letter } from '#app/replies/letter'
import { faultsPlace, letterPlace } from '#app/replies/letter_place'
import Reply from '#app/replies/reply'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import { eraDate } from '#app/shared/japanese_calendar'
import { openSealer } from '#app/shared/sealing'
import type Assignment from '#app/work/assignment'
import { draftPlace, type Draft } from '#app/work/keep_alive'
import { submissionOf } from '#app/work/own_assignment'
import type { TaskKind } from '#app/work/task'

const OFFERED_SLOTS = 6

/** Renders the screen of a task's kind, with what a refused save has to say. */
export async function showAssignment(
  ctx: HttpContext,
  assignment: Assignment,
  extra: Record<string, unknown> = {}
): Promise<string> {
  const data = await SCREENS[assignment.task.kind](ctx, assignment)
  return ctx.view.render(`work/${assignment.task.kind}`, {
    assignment,
    task: assignment.task,
    problems: {},
    problem: null,
    ...data,
    ...extra,
  })
}

const SCREENS: Record<
  TaskKind,
  (ctx: HttpContext, assignment: Assignment) => Promise<Record<string, unknown>>
> = {
  async key(_ctx, assignment) {
    const { submission, version } = await submissionOf(assignment)
    return {
      version,
      group: version.group(assignment.task.groupKey),
      examples: examplesByField(version.description.guide),
      values: (await latestDraft(assignment, submission.dataKeyId)).values ?? {},
      retractable: await shownRetractable(assignment.userId),
    }
  },

  async adjudicate(_ctx, assignment) {
    const { submission, version } = await submissionOf(assignment)
    const { task } = assignment
    const group = version.group(task.groupKey)
    const entries = (
      await entriesOf(submission.id, task.round, await openSealer(submission.dataKeyId))
    ).filter((entry) => entry.groupKey === task.groupKey)
    const readings = await readingsOf(submission.id, db)
    const comparisons = compareEntries(group, entries)
    const draft = await latestDraft(assignment, submission.dataKeyId)
    const decisions = decisionsOf(draft.chosen ?? {}, draft.typed ?? {})
    return {
      version,
      group,
      entries,
      comparisons,
      readings,
      show,
      typed,
      decisions,
      focused: comparisons.find((one) => !one.agreed && !decisions[one.field.key])?.field.key,
      receipt: submission.receipt,
    }
  },

  async identify(_ctx, assignment) {
    const page = await Page.findOrFail(assignment.task.subjectId)
    // A page that may show a My Number is never read as one of the forms.
    if (page.reason === 'maybe_number') return { page, versions: [] }
    const versions = await ServiceVersion.query()
      .whereIn('serviceId', db.from('services').where('client_id', page.clientId).select('id'))
      .orderBy('number', 'desc')
    return { page, versions }
  },

  async pair(_ctx, assignment) {
    const page = await Page.findOrFail(assignment.task.subjectId)
    return { page, mates: await possibleMates(page) }
  },

  async call({ auth, locale }, assignment) {
    const { submission, version } = await submissionOf(assignment)
    const latest = await latestValues(submission)
    const value = valueIn(latest?.values)
    const { person, contact, callScript, handover } = version.description
    const connectors = await app.container.make(Connectors)
    const slots = await connectors
      .slotsOf(version)
      .offers({ submission, version, value }, { door: 'phone', count: OFFERED_SLOTS }, db)
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

  async call_back({ auth }, assignment) {
    return {
      ...(await showCallBack(assignment.task.subjectId)),
      caller: auth.getUserOrFail().displayName,
    }
  },

  async correct({ locale }, assignment) {
    return showCorrection(assignment.task.subjectId, locale)
  },

  async substitute(_ctx, assignment) {
    const reply = await Reply.query()
      .where('id', assignment.task.subjectId)
      .preload('submissions')
      .firstOrFail()
    const sealer = await openSealer(reply.dataKeyId)
    return {
      letter: sealer.openJson<Letter>(letterPlace(reply.id), reply.inputs!),
      faults: reply.missingGlyphs
        ? sealer.openJson<LetterFaults>(faultsPlace(reply.id), reply.missingGlyphs)
        : null,
      submission: reply.submissions[0],
    }
  },
}

/** What this person had keyed of the task before, in this lease or an earlier one. */
async function latestDraft(assignment: Assignment, dataKeyId: string): Promise<Draft> {
  const row: { id: string; draft: Buffer } | null = await db
    .from('assignments')
    .where({ task_id: assignment.taskId, user_id: assignment.userId })
    .whereNotNull('draft')
    .orderBy('fence', 'desc')
    .select('id', 'draft')
    .first()
  if (!row) return {}
  const kept = (await openSealer(dataKeyId)).openJson<Draft | Record<string, string>>(
    draftPlace(row.id),
    row.draft
  )
  // Drafts of earlier versions are the keyed texts alone.
  return isDraft(kept) ? kept : { values: kept as Record<string, string> }
}

function isDraft(kept: Draft | Record<string, string>): kept is Draft {
  return [kept.values, kept.chosen].some((part) => typeof part === 'object')
}
