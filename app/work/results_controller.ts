import type { HttpContext } from '@adonisjs/core/http'
import { addressDoubts } from '#app/addresses/postcode_fits'
import { callBackValidator } from '#app/calls/call_validator'
import { finishCallBack } from '#app/calls/finish_call_back'
import { correctionAnswerValidator } from '#app/orders/order_validator'
import { decideCorrection } from '#app/orders/corrections'
import { adjudicate, checkDecisions, type Decision } from '#app/keying/adjudicate'
import { decisionsOf } from '#app/keying/decisions_of'
import { checkEntry, saveEntry } from '#app/keying/save_entry'
import { unconfirmed } from '#app/keying/unconfirmed'
import { finishCall } from '#app/handover/finish_call'
import { identifyPage, setPageAside, type SetAsideReason } from '#app/intake/identify_page'
import { pairPages } from '#app/intake/pair_pages'
import { cancelLetter, substitute } from '#app/replies/substitute'
import {
  asTexts,
  adjudicationValidator,
  callValidator,
  entryValidator,
  identificationValidator,
  pairingValidator,
  substitutionValidator,
} from '#app/work/assignment_validator'
import { ownAssignment, submissionOf } from '#app/work/own_assignment'
import { showAssignment } from '#app/work/show_assignment'
import { takeNextTask } from '#app/work/take_next_task'
import type Assignment from '#app/work/assignment'
import { notice } from '#app/shared/notice'
import { notFound } from '#app/shared/not_found'

/** What came of a task. Refusals show the same screen again with everything that was typed (422). */
export default class ResultsController {
  async entry(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    if (assignment.task.kind !== 'key') return notFound(ctx)
    const input = await ctx.request.validateUsing(entryValidator)
    const { version } = await submissionOf(assignment)
    const texts = asTexts(input.values)
    const group = version.group(assignment.task.groupKey)
    const checked = checkEntry(group, texts)
    const { values } = checked
    const doubts = await addressDoubts(group.fields, (key) => values[key] ?? '')
    const problems = { ...doubts, ...checked.problems }
    if (unconfirmed(problems, texts, input.sure ? asTexts(input.asked) : undefined))
      return this.#again(ctx, assignment, { values: texts, problems })
    const saved = await saveEntry(assignment, values, { retractable: true })
    if (!saved.ok && saved.reason === 'late') return this.#late(ctx, assignment)
    return this.#next(ctx, assignment)
  }

  async adjudication(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    if (assignment.task.kind !== 'adjudicate') return notFound(ctx)
    const input = await ctx.request.validateUsing(adjudicationValidator)
    const { version } = await submissionOf(assignment)
    const decisions = decisionsOf(input.chosen ?? {}, asTexts(input.typed))
    const problems = checkDecisions(version, decisions)
    const asked = input.sure ? asTexts(input.asked) : undefined
    if (unconfirmed(problems, textsOf(decisions), asked))
      return this.#again(ctx, assignment, { decisions, problems })
    const done = await adjudicate(ctx.auth.getUserOrFail(), assignment, decisions)
    if (!done.ok && done.reason === 'incomplete') {
      return this.#again(ctx, assignment, {
        decisions,
        problems: Object.fromEntries(done.missing.map((field) => [field, 'undecided'])),
      })
    }
    return done.ok ? this.#next(ctx, assignment) : this.#late(ctx, assignment)
  }

  async identification(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    if (assignment.task.kind !== 'identify') return notFound(ctx)
    const [problems, input] = await identificationValidator.tryValidate(ctx.request.all())
    if (problems) return this.#again(ctx, assignment, { problem: 'work.choose_one' })
    const [kind, first, second] = input.what.split(':')
    const user = ctx.auth.getUserOrFail()
    const done =
      kind === 'form'
        ? await identifyPage(user, assignment, first, Number(second))
        : await setPageAside(user, assignment, first as SetAsideReason)
    return done ? this.#next(ctx, assignment) : this.#late(ctx, assignment)
  }

  async pairing(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    if (assignment.task.kind !== 'pair') return notFound(ctx)
    const [problems, input] = await pairingValidator.tryValidate(ctx.request.all())
    if (problems) return this.#again(ctx, assignment, { problem: 'work.choose_one' })
    const user = ctx.auth.getUserOrFail()
    const [kind, reason] = input.mate.split(':')
    const done =
      kind === 'aside'
        ? await setPageAside(user, assignment, reason as SetAsideReason)
        : await pairPages(user, assignment, input.mate === 'alone' ? null : input.mate)
    return done ? this.#next(ctx, assignment) : this.#late(ctx, assignment)
  }

  async call(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    if (assignment.task.kind !== 'call') return notFound(ctx)
    const [problems, input] = await callValidator.tryValidate(ctx.request.all())
    if (problems) return this.#again(ctx, assignment, { problem: 'work.choose_one' })
    const outcome =
      input.outcome === 'booked'
        ? { kind: input.outcome, slotId: input.slot_id! }
        : { kind: input.outcome }
    const done = await finishCall(ctx.auth.getUserOrFail(), assignment, outcome)
    if (!done.ok && done.reason === 'slot_taken')
      return this.#again(ctx, assignment, { problem: 'work.slot_taken' })
    return done.ok ? this.#next(ctx, assignment) : this.#late(ctx, assignment)
  }

  async callBack(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    if (assignment.task.kind !== 'call_back') return notFound(ctx)
    const [problems, input] = await callBackValidator.tryValidate(ctx.request.all())
    if (problems) return this.#again(ctx, assignment, { problem: 'work.choose_one' })
    const done = await finishCallBack(
      ctx.auth.getUserOrFail(),
      assignment,
      input.outcome,
      input.accepting ?? []
    )
    if (!done.ok && done.reason === 'offer_gone')
      return this.#again(ctx, assignment, { problem: 'calls.offer_gone' })
    if (!done.ok) return this.#late(ctx, assignment)
    // Not straight on to the next person: a key pressed twice must not answer for somebody else.
    notice(ctx.session, 'good', 'calls.recorded')
    return ctx.response.redirect('/calls')
  }

  async correction(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    if (assignment.task.kind !== 'correct') return notFound(ctx)
    const input = await ctx.request.validateUsing(correctionAnswerValidator)
    const done = await decideCorrection(
      ctx.auth.getUserOrFail(),
      assignment,
      input.keep ? null : (asTexts({ value: input.value ?? null }).value ?? ''),
      input.sure === true ? (asTexts({ asked: input.asked ?? null }).asked ?? '') : null
    )
    if (!done.ok && done.reason === 'doubtful')
      return this.#again(ctx, assignment, { doubt: done.problem, typed: done.typed })
    return done.ok ? this.#next(ctx, assignment) : this.#late(ctx, assignment)
  }

  async substitution(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    if (assignment.task.kind !== 'substitute') return notFound(ctx)
    const input = await ctx.request.validateUsing(substitutionValidator)
    const user = ctx.auth.getUserOrFail()
    if (input.no_letter) {
      const canceled = await cancelLetter(user, assignment)
      return canceled ? this.#next(ctx, assignment) : this.#late(ctx, assignment)
    }
    const to = {
      postcode: input.postcode ?? '',
      address: input.address ?? '',
      name: input.name ?? '',
    }
    const done = await substitute(user, assignment, to)
    if (!done.ok && done.reason === 'faults')
      return this.#again(ctx, assignment, { faults: done.faults, to })
    return done.ok ? this.#next(ctx, assignment) : this.#late(ctx, assignment)
  }

  async #again(ctx: HttpContext, assignment: Assignment, extra: Record<string, unknown>) {
    ctx.response.status(422)
    return showAssignment(ctx, assignment, extra)
  }

  /** The lease had run out: what was keyed is kept as a draft, and the screen says so; decisions are not kept. */
  #late({ session, response }: HttpContext, assignment: Assignment) {
    notice(session, 'warn', assignment.task.kind === 'key' ? 'work.late' : 'work.late_undecided')
    return response.redirect('/work')
  }

  /** Straight on to the next task of the same kind. */
  async #next({ auth, session, response }: HttpContext, assignment: Assignment) {
    const taken = await takeNextTask(auth.getUserOrFail(), session.get('place', 'center'), {
      kind: assignment.task.kind,
    })
    if (taken.ok) return response.redirect(`/work/assignments/${taken.assignment.id}`)
    notice(session, 'good', 'work.all_done')
    return response.redirect('/work')
  }
}

/** What each decision would make the value, or which entry it takes. */
function textsOf(decisions: Record<string, Decision>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(decisions).map(([field, decision]) => [
      field,
      ('typed' in decision ? decision.typed : decision.entryId) ?? '',
    ])
  )
}
