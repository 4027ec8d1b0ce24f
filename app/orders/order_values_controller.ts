import type { HttpContext } from '@adonisjs/core/http'
import ExportLayout from '#app/orders/export_layout'
import { orderOf } from '#app/orders/orders_controller'
import { valuesValidator } from '#app/orders/order_validator'
import { orderValues } from '#app/orders/order_values'
import { codePoint } from '#app/shared/csv_file'

/** Values of a work order: first what they will look like and what can't be written, then the file. */
export default class OrderValuesController {
  async show(ctx: HttpContext) {
    const { order, layout, values } = await this.#values(ctx)
    return ctx.view.render('orders/values', {
      order,
      layout,
      rows: values.rows,
      withheld: values.withheld,
      lacking: values.lacking.map((one) => ({
        receipt: one.receipt,
        characters: one.characters.map((character) => ({ character, code: codePoint(character) })),
      })),
    })
  }

  async file(ctx: HttpContext) {
    const { order, values } = await this.#values(ctx)
    ctx.response.header(
      'Content-Disposition',
      `attachment; filename="order-${order.number}-${values.charset}.csv"`
    )
    return ctx.response.type(`text/csv; charset=${values.charset}`).send(values.file)
  }

  async #values({ auth, params, request }: HttpContext) {
    const user = auth.getUserOrFail()
    const order = await orderOf(user, params.id)
    const { layout_id: layoutId } = await valuesValidator.validate(request.qs())
    const layout = await ExportLayout.query()
      .where({ id: layoutId, clientId: order.clientId, serviceId: order.serviceId })
      .firstOrFail()
    return { order, layout, values: await orderValues(user, order, layout) }
  }
}
