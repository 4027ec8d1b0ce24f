import type { HttpContext } from '@adonisjs/core/http'
import { measureAll, worstOf, type Measured } from '#app/center/health/report'

/** Others ask often, and nobody but a machine reads the answer: it may be so old (ms). */
const FRESH_MS = 5_000

let known: { measured: Measured[]; at: number } = { measured: [], at: -Infinity }

async function measured(): Promise<Measured[]> {
  if (performance.now() - known.at > FRESH_MS)
    known = { measured: await measureAll(), at: performance.now() }
  return known.measured
}

/** Tells how the installation stands: machines that watch it, and on a page who runs it. */
export default class HealthController {
  /** 200 while it serves, with how each thing stands; 503 where something is broken. No numbers, no reasons. */
  async show({ response }: HttpContext) {
    const all = await measured()
    const worst = worstOf(all)
    response.status(worst === 'error' ? 503 : 200)
    return {
      status: worst,
      checks: all.map(({ name, standing }) => ({ name, status: standing })),
    }
  }

  async index({ view }: HttpContext) {
    const all = await measured()
    return view.render('center/health', { measured: all, worst: worstOf(all) })
  }
}
