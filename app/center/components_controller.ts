import type { HttpContext } from '@adonisjs/core/http'
import { fieldOf } from '#app/catalog/field_values'
import { today } from '#app/core/clock'

/** The living page of what screens are made of, in all its states; there while the product is developed and tested. */
export default class ComponentsController {
  async show({ view }: HttpContext) {
    return view.render('center/components', {
      today: today(),
      states: ['closed', 'reading', 'refused', 'keying', 'held', 'verified'],
      pager: { currentPage: 2, lastPage: 3 },
      sorting: { by: 'day', direction: 'desc' },
      chart: {
        name: 'volumes',
        series: ['paper', 'counter', 'phone', 'work_order'],
        isStacked: true,
        rows: Array.from({ length: 14 }, (_, day) => ({
          label: `12/${day + 1}`,
          values: [day % 5, (day * 3) % 4, day % 3, day % 2],
        })),
      },
      fields: (['name', 'kana', 'phone'] as const).map((kind) => ({
        ...fieldOf(kind),
        key: kind,
        label: { ja: kind, en: kind },
      })),
    })
  }
}
