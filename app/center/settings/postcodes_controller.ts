import type { HttpContext } from '@adonisjs/core/http'
import { unzipSync } from 'fflate'
import {
  countPostcodes,
  importPostcodes,
  NotPostcodes,
} from '#app/catalog/addresses/import_postcodes'
import { notice } from '#app/core/notice'
import { transition } from '#app/core/transition'
import { uploaded } from '#app/core/uploaded'

/** bytes; Japan Post's file has about 18 MB, packed 2 */
const MAX = 60 * 1024 * 1024

/** Japan's postcodes: how many there are, and Japan Post's newer file. */
export default class PostcodesController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, null)
  }

  /** Takes all of a file, or nothing. */
  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const file = csvIn(await uploaded(request.file('file'), MAX))
    if (!file) return this.#page(ctx, { key: 'settings.postcodes_no_file' })
    try {
      const user = auth.getUserOrFail()
      const rows = await importPostcodes(file)
      await transition(async (t) =>
        t.recordOnly({
          verb: 'postcodes.imported',
          subject: { type: 'organization', id: user.organizationId },
          actorId: user.id,
          detail: { rows },
        })
      )
      notice(session, 'good', 'settings.postcodes_taken')
      return response.redirect('/postcodes')
    } catch (error) {
      if (!(error instanceof NotPostcodes)) throw error
      return this.#page(ctx, { key: 'settings.postcodes_not', line: error.line })
    }
  }

  async #page(
    { response, view }: HttpContext,
    problem: { key: string; line?: number } | null
  ): Promise<string> {
    if (problem) response.status(422)
    return view.render('center/postcodes', { problem, count: await countPostcodes() })
  }
}

/** The CSV that was handed in, as it is or in Japan Post's ZIP; null where there is none, or it is too large. */
function csvIn(file: Buffer | null): Buffer | null {
  if (!file || !file.subarray(0, 2).equals(Buffer.from('PK'))) return file
  try {
    const [csv] = Object.values(
      unzipSync(file, {
        filter: ({ name, originalSize }) => /\.csv$/i.test(name) && originalSize <= MAX,
      })
    )
    return csv ? Buffer.from(csv) : null
  } catch {
    return null
  }
}
