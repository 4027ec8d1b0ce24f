import type { HttpContext } from '@adonisjs/core/http'
import { openBatches } from '#app/batches/open_batches'
import { standingQuestions } from '#app/batches/packs/asked_for'
import { countWork, minutesByKind } from '#app/center/board/count_work'
import { forecast } from '#app/center/board/forecast'
import { freePeople, missingSkills } from '#app/center/board/people_now'
import { offeredAhead } from '#app/tasks/hours/offered_hours'
import { pausedServices } from '#app/tasks/pauses'
import { workingNow } from '#app/tasks/open_work'
import { taskKinds } from '#app/tasks/task_kind'

/** Everybody who looks sees the same for so long (ms). */
const FRESH_MS = 15_000

let known: { at: number; board: Awaited<ReturnType<typeof load>> } | null = null

async function load() {
  const each = await minutesByKind()
  const paused = await pausedServices()
  const [said, rows, working, free, missing, ahead] = await Promise.all([
    forecast(each),
    countWork(each, paused),
    workingNow(),
    freePeople(),
    missingSkills(),
    offeredAhead(),
  ])
  return { forecast: said, rows, working, free, missing, ahead, paused }
}

/** Forgets what was counted, for who can't wait. */
export function forgetBoard(): void {
  known = null
}

/** The leader's board: what will be late today, what is left where, who is at it and who is free. */
export default class BoardController {
  async index({ auth, locale, view }: HttpContext) {
    if (!known || performance.now() - known.at > FRESH_MS)
      known = { at: performance.now(), board: await load() }
    const arranges = auth.getUserOrFail().may('work.arrange')
    return view.render('center/board', {
      ...known.board,
      arranges,
      // What somebody has just asked must be there at once.
      questions: arranges ? await standingQuestions() : [],
      batches: arranges ? await openBatches() : [],
      labelOf: (kind: string) => taskKinds.get(kind).label,
      chart: {
        name: 'board',
        isStacked: true,
        series: ['waiting', 'in_hand', 'to_decide'],
        rows: known.board.rows.slice(0, 12).map((row) => ({
          label: row.name[locale],
          values: [row.waiting, row.inHand, row.toDecide],
        })),
      },
    })
  }
}
