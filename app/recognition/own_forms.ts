import db from '@adonisjs/lucid/services/db'
import { databaseIsKnown } from '#config/database_url'
import { MASTER_PREFIX, type FormCode } from '#app/catalog/form_code'
import type { GrayImage } from '#app/recognition/gray_image'
import { levelLight } from '#app/recognition/level_light'
import { printShare, OWN_PRINT } from '#app/recognition/own_print'
import { findForm, type PaperForm } from '#app/recognition/paper_form'
import { featuresOf, type Features } from '#app/recognition/print_features'
import { likenessOf, registerPrint, type BlankPrint } from '#app/recognition/register_print'
import type { Registered, Registration } from '#app/recognition/register_page'

/** A page of a form that a city already had: it bears no code of ours and is known by its print alone. */
export interface OwnPage {
  code: Pick<FormCode, 'service' | 'version' | 'page' | 'copy'>
  form: PaperForm
  print(): Promise<BlankPrint>
}

/** All such pages that may come in. */
export type FindOwn = () => Promise<OwnPage[]>

export type FoundOwn =
  | { ok: true; own: OwnPage; page: Registered }
  | { ok: false; reason: 'alike' | Extract<Registration, { ok: false }>['reason'] }

/** So many of the likeliest pages are laid out and compared. */
const COMPARED = 3
/** A page with fewer features than this share of the likeliest's isn't compared. */
const RIVAL = 0.4
/** Two forms that differ by less than this share of their print can't be told apart. */
const ALIKE = 0.03

/**
 * The pages of all forms that cities already had, newest first where a print was published more than once: paper tells
 * its print and not its version. Nothing where no database runs.
 */
export const findOwnPages: FindOwn = async () => {
  if (!databaseIsKnown()) return []
  const { rows } = await db.rawQuery<{ rows: { slug: string; number: number; pages: number }[] }>(
    `select distinct on (v.service_id, v.description->>'printHash')
       s.slug, v.number, (v.description->>'pageCount')::int as pages
     from service_versions v join services s on s.id = v.service_id
     where jsonb_exists(v.description, 'ownPaper')
     order by v.service_id, v.description->>'printHash', v.number desc`
  )
  const pages: OwnPage[] = []
  for (const { slug, number, pages: count } of rows) {
    const form = await findForm({ service: slug, version: number })
    for (let page = 1; form && page <= count; page++)
      pages.push(ownPage(form, { service: slug, version: number, page, copy: MASTER_PREFIX }))
  }
  return pages
}

export function ownPage(form: PaperForm, code: OwnPage['code']): OwnPage {
  return { code, form, print: () => form.print(code.page) }
}

/**
 * Finds which of the cities' own forms a scan shows, by its print alone, and lays it out.
 * @returns null when it shows none of them
 */
export async function findByPrint(
  scan: GrayImage,
  pages: OwnPage[],
  dpi: number | null = null
): Promise<FoundOwn | null> {
  if (pages.length === 0) return null
  const features = await featuresOf(scan)
  const likely = await likeliest(features, pages)
  if (likely.length === 0) return null
  const laidOut: { own: OwnPage; page: Registration; share: number }[] = []
  for (const { own, homography } of likely) {
    const print = await own.print()
    const page = await registerPrint(scan, print, homography, dpi)
    const share = page.ok ? printShare({ page: levelLight(page.image), blank: print.blank }) : 0
    laidOut.push({ own, page, share })
  }
  laidOut.sort((a, b) => b.share - a.share)
  const [best, rival] = laidOut
  if (!best.page.ok) return best.page
  if (rival && rival.share > OWN_PRINT && best.share - rival.share < ALIKE)
    return { ok: false, reason: 'alike' }
  return { ok: true, own: best.own, page: best.page }
}

async function likeliest(features: Features, pages: OwnPage[]) {
  const found: { own: OwnPage; features: number; homography: number[] }[] = []
  for (const own of pages) {
    const likeness = await likenessOf(features, await own.print())
    if (likeness.homography)
      found.push({ own, features: likeness.features, homography: likeness.homography })
  }
  found.sort((a, b) => b.features - a.features)
  return found.filter((one) => one.features >= RIVAL * found[0].features).slice(0, COMPARED)
}
