import type { HttpContext } from '@adonisjs/core/http'
import Service from '#app/catalog/service'
import { newestVersion } from '#app/catalog/frozen_version'
import { organizationNames } from '#app/people/organization_names'
import type User from '#app/people/user'
import { clientFor, clientsOf } from '#app/people/organizations/clients_of'
import { visibleTo } from '#app/people/client_scope'
import { closeOrder } from '#app/clients/close_order'
import { reopenOrder } from '#app/clients/reopen_order'
import ExportLayout from '#app/clients/export_layout'
import { openOrder } from '#app/clients/open_order'
import { orderOf } from '#app/clients/order_of'
import { orderParts } from '#app/clients/order_part'
import { servicesOf } from '#app/clients/services_of'
import { countsOf, orderProgress } from '#app/clients/order_progress'
import { orderValidator } from '#app/clients/order_validator'
import WorkOrder from '#app/submissions/work_order'
import Submission from '#app/submissions/submission'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { isRealDate } from '#app/core/japanese_calendar'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { sortingOf } from '#app/core/sorting'

/** The columns by which orders sort. */
const COLUMNS = { number: 'number', name: 'title', due: 'dueOn' }

/** Work orders: a client's own; at the center everybody's. */
export default class OrdersController {
  async index({ auth, request, view }: HttpContext) {
    const user = auth.getUserOrFail()
    const sorting = sortingOf(request.qs(), COLUMNS, '-number')
    const orders = await visibleTo(WorkOrder.query(), user)
      .orderBy(sorting.column, sorting.direction)
      .orderBy('id', sorting.direction)
      .paginate(await pageNumber(request.qs()), PAGE_SIZE)
    return view.render('clients/index', {
      orders,
      sorting,
      counts: await countsOf(orders.map((order) => order.id)),
      clients: await organizationNames(),
      today: today(),
    })
  }

  async create(ctx: HttpContext) {
    return ctx.view.render('clients/new', {
      ...(await this.#choices(ctx.auth.getUserOrFail())),
      values: {},
      problem: null,
    })
  }

  async #choices(user: User) {
    return { services: await servicesOf(user), clients: await clientsOf(user), today: today() }
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, view } = ctx
    const user = auth.getUserOrFail()
    const [problems, input] = await orderValidator.tryValidate(request.all())
    // Letters go to a client's own list, of no service.
    const serviceId = input?.direction === 'to_digital' ? input.service_id : null
    const service = serviceId
      ? await visibleTo(Service.query(), user).where('id', serviceId).first()
      : null
    // Work of a service is its client's; other work is for whom it is said to be.
    const client = service ? null : await clientFor(user, input?.client_id)
    const clientId = service?.clientId ?? (serviceId ? undefined : client?.id)
    const problem =
      problems || !clientId
        ? 'clients.fill_in'
        : !isRealDate(input.due_on) || input.due_on < today()
          ? 'clients.due_past'
          : null
    if (problem || !input || !clientId) {
      response.status(422)
      return view.render('clients/new', {
        ...(await this.#choices(user)),
        values: request.only([
          'title',
          'due_on',
          'service_id',
          'client_id',
          'home_work_agreed',
          'direction',
        ]),
        problem,
      })
    }
    const order = await openOrder(user, clientId, service, {
      title: input.title,
      dueOn: input.due_on,
      homeWorkAgreed: input.home_work_agreed === true,
      direction: input.direction,
    })
    return response.redirect(`/orders/${order.id}`)
  }

  async show({ auth, request, view, params }: HttpContext) {
    const user = auth.getUserOrFail()
    const order = await orderOf(user, params.id)
    const submissions = await Submission.query()
      .where('workOrderId', order.id)
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .paginate(await pageNumber(request.qs()), PAGE_SIZE)
    const version = order.serviceId ? await newestVersion(order.serviceId) : null
    return view.render('clients/show', {
      order,
      progress: await orderProgress(order),
      submissions,
      serviceName: version?.description.name ?? null,
      parts: await Promise.all(
        orderParts.all().map(async (part) => ({
          view: part.view,
          direction: part.direction,
          shown: await part.load(order, user),
        }))
      ),
      layouts: order.serviceId
        ? await ExportLayout.query()
            .where({ clientId: order.clientId, serviceId: order.serviceId })
            .orderBy('number', 'desc')
        : [],
      uploadKey: newId(),
      late: order.state === 'open' && order.dueOn < today(),
    })
  }

  async close({ auth, params, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const order = await orderOf(user, params.id)
    if (request.input('sure') !== 'yes') return response.redirect(`/orders/${order.id}`)
    const closed = await closeOrder(user, order.id)
    notice(
      session,
      closed.ok ? 'good' : 'warn',
      closed.ok ? 'clients.closed' : `clients.${closed.reason}`
    )
    return response.redirect(`/orders/${order.id}`)
  }

  /** Closing is undone. */
  async reopen({ auth, params, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const order = await orderOf(user, params.id)
    if (await reopenOrder(user, order.id)) notice(session, 'good', 'clients.reopened')
    return response.redirect(`/orders/${order.id}`)
  }
}
