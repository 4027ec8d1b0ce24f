import type { HttpContext } from '@adonisjs/core/http'
import { openBatches } from '#app/batches/open_batches'
import { standingQuestions } from '#app/batches/packs/asked_for'
import { currentBoard } from '#app/center/board/current_board'
import { taskKinds } from '#app/tasks/task_kind'

/** The leader's board: what will be late today, what is left where, who is at it and who is free. */
export default class BoardController {
  async index({ auth, locale, view }: HttpContext) {
    const board = await currentBoard()
    const arranges = auth.getUserOrFail().may('work.arrange')
    return view.render('center/board', {
      ...board,
      arranges,
      planned: (service: string) => board.plans.get(service) ?? [],
      // What somebody has just asked must be there at once.
      questions: arranges ? await standingQuestions() : [],
      batches: arranges ? await openBatches() : [],
      labelOf: (kind: string) => taskKinds.get(kind).label,
      chart: {
        name: 'board',
        isStacked: true,
        series: ['waiting', 'in_hand', 'to_decide'],
        rows: board.rows.slice(0, 12).map((row) => ({
          label: row.name[locale],
          values: [row.waiting, row.inHand, row.toDecide],
        })),
      },
    })
  }
}
