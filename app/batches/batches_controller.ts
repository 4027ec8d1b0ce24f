import { Readable } from 'node:stream'
import { validate as isUuid } from 'uuid'
import type { HttpContext } from '@adonisjs/core/http'
import Batch from '#app/batches/batch'
import { batchChoices } from '#app/batches/batch_choices'
import { showBatch } from '#app/batches/show_batch'
import {
  acceptanceValidator,
  batchValidator,
  checkValidator,
  decisionValidator,
  planProblem,
  PRIORITIES,
} from '#app/batches/batch_validator'
import { fetchDelivery, fetchFiles } from '#app/batches/fetch_delivery'
import { decideOnBatch, type BatchDecision } from '#app/batches/decide_on_batch'
import { openBatch } from '#app/batches/open_batch'
import { ownBatch } from '#app/batches/own_batch'
import { checkFurther } from '#app/batches/pieces/redo_piece'
import { leftOutWords } from '#app/batches/left_out_words'
import WorkOrder from '#app/submissions/work_order'
import type User from '#app/people/user'
import { teamNames } from '#app/batches/teams/list_teams'
import { organizationNames } from '#app/people/organization_names'
import { visibleTo } from '#app/people/client_scope'
import { today } from '#app/core/clock'
import { notFound } from '#app/core/not_found'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { sortingOf } from '#app/core/sorting'

const COLUMNS = { number: 'number', name: 'title', due: 'dueOn' }

/** Batches of work: a client's own; at the center everybody's. */
export default class BatchesController {
  async index({ auth, request, view }: HttpContext) {
    const sorting = sortingOf(request.qs(), COLUMNS, '-number')
    const batches = await visibleTo(Batch.query(), auth.getUserOrFail())
      .orderBy(sorting.column, sorting.direction)
      .orderBy('id', sorting.direction)
      .paginate(await pageNumber(request.qs()), PAGE_SIZE)
    return view.render('batches/index', {
      batches,
      sorting,
      clients: await organizationNames(),
      teams: await teamNames(),
      today: today(),
    })
  }

  async create({ auth, request, view }: HttpContext) {
    const { kind, order: asked } = request.qs()
    const order = await orderFor(auth.getUserOrFail(), asked)
    return view.render('batches/new', {
      ...(await batchChoices()),
      values: {
        work_kind_id: kind,
        leader_id: auth.getUserOrFail().id,
        client_id: order?.clientId,
        title: order?.title,
        due_on: order?.dueOn,
        home_work_agreed: order?.homeWorkAgreed,
      },
      order,
      problem: null,
      today: today(),
    })
  }

  async store(ctx: HttpContext) {
    const { auth, i18n, request, response, view } = ctx
    const [problems, input] = await batchValidator.tryValidate(request.all())
    const { kinds, clients, leaders, teams } = await batchChoices()
    const kind = kinds.find(({ id }) => id === input?.work_kind_id)
    const isKnown =
      kind &&
      clients.some(({ id }) => id === input?.client_id) &&
      leaders.some(({ id }) => id === input?.leader_id)
    const problem =
      problems || !isKnown
        ? { key: 'batches.fill_in', characters: '' }
        : kind.definition.material === 'link' && !input.asked_pieces
          ? { key: 'batches.count_missing', characters: '' }
          : planProblem(input)
    const user = auth.getUserOrFail()
    const again = async (says: string | null) => {
      response.status(422)
      const order = await orderFor(user, request.input('work_order_id'))
      const values = request.all()
      return view.render('batches/new', {
        ...{ kinds, clients, leaders, teams, values, order },
        problem: says,
        today: today(),
      })
    }
    if (problem || !kind || !input)
      return again(problem && i18n.t(problem.key, { characters: problem.characters }))
    const batch = await openBatch(user, kind, {
      clientId: input.client_id,
      title: input.title,
      dueOn: input.due_on,
      priority: input.first ? PRIORITIES.first : PRIORITIES.usual,
      leaderId: input.leader_id,
      teamId: input.team_id ?? null,
      homeWorkAgreed: input.home_work_agreed === true,
      askedPieces: kind.definition.material === 'link' ? (input.asked_pieces ?? null) : null,
      workOrderId: input.work_order_id ?? null,
    })
    if (!batch) return again(i18n.t('batches.order_closed'))
    return response.redirect(`/batches/${batch.id}`)
  }

  async show(ctx: HttpContext) {
    return showBatch(ctx, await ownBatch(ctx.auth.getUserOrFail(), ctx.params.id))
  }

  /** The center decides: pausing, going on, delivering, giving up. */
  async decide({ auth, params, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const batch = await ownBatch(user, params.id)
    const { decision } = await request.validateUsing(decisionValidator)
    notice(session, ...(await noticeOf(decision, decideOnBatch(user, batch.id, decision))))
    return response.redirect(`/batches/${batch.id}`)
  }

  /** The client decides on a delivery. */
  async accept({ auth, params, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const batch = await ownBatch(user, params.id)
    const { decision, why } = await request.validateUsing(acceptanceValidator)
    const decided = decideOnBatch(user, batch.id, decision, why ?? '')
    notice(session, ...(await noticeOf(decision, decided)))
    return response.redirect(`/batches/${batch.id}`)
  }

  /** More of what one person did alone is answered by a second. */
  async check({ auth, params, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const batch = await ownBatch(user, params.id)
    const { share } = await request.validateUsing(checkValidator)
    const count = await checkFurther(user, batch.id, share)
    if (count > 0) notice(session, 'good', 'batches.checked_further')
    else notice(session, 'warn', 'batches.nothing_to_check')
    return response.redirect(`/batches/${batch.id}`)
  }

  /** The table of what came of it. */
  async file(ctx: HttpContext) {
    const { auth, params, response, i18n } = ctx
    const batch = await ownBatch(auth.getUserOrFail(), params.id)
    const parts = await fetchDelivery(auth.getUserOrFail(), batch, {
      number: i18n.t('batches.number'),
      file: i18n.t('batches.file'),
      made: i18n.t('batches.files_made'),
      state: i18n.t('batches.left_out_because'),
      leftOut: (reason) => leftOutWords(i18n, reason),
    })
    if (!parts) return notFound(ctx)
    response.header('Content-Disposition', `attachment; filename="batch-${batch.number}.csv"`)
    response.type('text/csv; charset=utf-8')
    return response.stream(Readable.from(parts, { objectMode: false }))
  }

  /** The files that were made for it, in one. */
  async files(ctx: HttpContext) {
    const { auth, params, response } = ctx
    const batch = await ownBatch(auth.getUserOrFail(), params.id)
    const parts = await fetchFiles(auth.getUserOrFail(), batch)
    if (!parts) return notFound(ctx)
    response.header('Content-Disposition', `attachment; filename="batch-${batch.number}.zip"`)
    response.type('application/zip')
    return response.stream(Readable.from(parts, { objectMode: false }))
  }
}

/** The order that a batch is to be a part of; null where none is asked for, or none is there. */
async function orderFor(user: User, id: unknown): Promise<WorkOrder | null> {
  if (typeof id !== 'string' || !isUuid(id)) return null
  return visibleTo(WorkOrder.query(), user).where({ id, state: 'open' }).first()
}

/** Returns what is said after a decision. */
async function noticeOf(
  decision: BatchDecision,
  decided: ReturnType<typeof decideOnBatch>
): Promise<['good' | 'warn', string]> {
  const problem = await decided
  return problem ? ['warn', `batches.${problem}`] : ['good', `batches.done_${decision}`]
}
