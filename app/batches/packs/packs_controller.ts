import vine from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import Batch from '#app/batches/batch'
import { acceptPack } from '#app/batches/packs/accept_pack'
import { endPack } from '#app/batches/packs/end_pack'
import { offersOf } from '#app/batches/packs/offer_packs'
import Pack from '#app/batches/packs/pack'
import { endPackIfDone, progressesOf, progressOf } from '#app/batches/packs/pack_progress'
import { printTerms } from '#app/batches/packs/print_terms'
import { paragraphsOf } from '#app/batches/pieces/piece_shown'
import { siteOfSession } from '#app/people/site_of_session'
import { takeNextTask } from '#app/tasks/take_next_task'
import { leaseOfPack, nextPromised } from '#app/tasks/promised_tasks'
import { notFound } from '#app/core/not_found'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'

const acceptValidator = vine.create({
  batch_id: vine.string().uuid(),
  promised: vine.number().withoutDecimals().range([1, 10_000]),
  minutes: vine.number().withoutDecimals().range([1, 10_000]),
  amount: vine.number().withoutDecimals(),
  inspected_on: vine.string(),
  paid_on: vine.string(),
})

/** Work that is offered in packs: their terms, accepting one, working on it. One's own. */
export default class PacksController {
  async index({ auth, request, view }: HttpContext) {
    const packs = await Pack.query()
      .where('userId', auth.getUserOrFail().id)
      .orderBy('acceptedAt', 'desc')
      .orderBy('id', 'desc')
      .paginate(await pageNumber(request.qs()), PAGE_SIZE)
    return view.render('batches/packs', { packs, progress: await progressesOf(packs.all()) })
  }

  /** The offer of one batch, with all that it means, before it is accepted. */
  async offer(ctx: HttpContext) {
    const { auth, params, session, view } = ctx
    const user = auth.getUserOrFail()
    const batch = await Batch.query().where({ id: params.id, state: 'open' }).first()
    const offered = batch ? await offersOf(user, batch, siteOfSession(session)) : []
    if (!batch || offered.length === 0) return notFound(ctx)
    const { instructions, pictures } = batch.definition
    return view.render('batches/offer', {
      batch,
      offered,
      pictures,
      paragraphs: paragraphsOf(instructions),
    })
  }

  async store({ auth, request, response, session }: HttpContext) {
    const input = await request.validateUsing(acceptValidator)
    const site = siteOfSession(session)
    const accepted = await acceptPack(auth.getUserOrFail(), site, input.batch_id, {
      promised: input.promised,
      minutes: input.minutes,
      amount: input.amount,
      inspectedOn: input.inspected_on,
      paidOn: input.paid_on,
    })
    if (accepted.ok) return response.redirect(`/work/packs/${accepted.packId}`)
    notice(session, 'warn', `batches.${accepted.reason}`)
    const shown = accepted.reason === 'other_terms' ? `/work/offers/${input.batch_id}` : '/work'
    return response.redirect(shown)
  }

  async show({ auth, params, view }: HttpContext) {
    const pack = await own(auth.getUserOrFail().id, params.id)
    return view.render('batches/pack', { pack, progress: await progressOf(pack) })
  }

  /** The terms on paper. */
  async paper({ auth, params, response }: HttpContext) {
    const pack = await own(auth.getUserOrFail().id, params.id)
    response.header('Content-Disposition', 'inline; filename="terms.pdf"')
    return response.type('application/pdf').send(await printTerms(pack))
  }

  /** On to the next piece. */
  async next({ auth, params, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const pack = await own(user.id, params.id)
    const current = await leaseOfPack(user.id, pack.id)
    if (current) return response.redirect(`/work/assignments/${current.id}`)
    // The last one may have been given back.
    await endPackIfDone(pack.id)
    const taskId = pack.endedAt ? null : await nextPromised(pack.id)
    const taken =
      taskId && (await takeNextTask(user, siteOfSession(session), { packId: pack.id, taskId }))
    if (taken && taken.ok) return response.redirect(`/work/assignments/${taken.assignment.id}`)
    notice(session, 'warn', 'batches.pack_nothing_left')
    return response.redirect(`/work/packs/${pack.id}`)
  }

  /** Enough for now: the rest is for others, what is done counts. */
  async end({ auth, params, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const pack = await own(user.id, params.id)
    await endPack(user, pack.id)
    notice(session, 'good', 'batches.pack_given_back')
    return response.redirect(`/work/packs/${pack.id}`)
  }
}

function own(userId: string, id: string): Promise<Pack> {
  return Pack.query().where({ id, userId }).firstOrFail()
}
