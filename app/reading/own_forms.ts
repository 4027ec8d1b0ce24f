import db from '@adonisjs/lucid/services/db'
import { databaseIsKnown } from '#config/database_url'
import { MASTER_PREFIX, type FormCode } from '#app/catalog/form_code'
import type { GrayImage } from '#app/reading/gray_image'
import { levelLight } from '#app/reading/level_light'
import { printShare, OWN_PRINT } from '#app/reading/own_print'
import { findForm, type PaperForm } from '#app/reading/paper_form'
import { featuresOf, type Features } from '#app/reading/print_features'
import { likenessOf, registerPrint } from '#app/reading/register_print'
import type { Registered, Registration } from '#app/reading/register_page'

/** A page of a form that a city already had: it bears no code of ours and is known by its print alone. */
export interface OwnPage {
  code: Pick<FormCode, 'service' | 'version' | 'page' | 'copy'>
  /** a My Number stands on one of the form's pages */
  secret: boolean
  form(): Promise<PaperForm>
  features(): Promise<Features>
}

/** All such pages that may come in. */
export type FindOwn = () => Promise<OwnPage[]>

export type FoundOwn =
  | { ok: true; own: OwnPage; form: PaperForm; page: Registered }
  | { ok: false; reason: 'alike' | 'wrong_form' | Extract<Registration, { ok: false }>['reason'] }

/** So many of the likeliest pages are laid out and compared. */
const COMPARED = 3
/** A page with fewer features than this share of the likeliest's isn't compared. */
const RIVAL = 0.4
/** Two forms that differ by less than this share of their print can't be told apart. */
const ALIKE = 0.03
/** Two editions of a page that differ by less than this can't be told apart: the newer one is read. */
const SAME = 0.002

/** Features of published pages (about 50 KB each); versions never change. */
const known = new Map<string, Promise<Features>>()

/**
 * The pages of all forms that a client already had (of all clients without one), newest first where a print was
 * published more than once: paper tells its print and not its version. Nothing where no database runs.
 */
export async function findOwnPages(clientId?: string): Promise<OwnPage[]> {
  return pagesWhere(
    `jsonb_exists(v.description, 'ownPaper') and (:clientId::uuid is null or s.client_id = :clientId)`,
    { clientId: clientId ?? null }
  )
}

/**
 * Pages that a scan may show although its code can't be read: those of the service that it was handed in for, and of
 * every form of this installation on which a My Number stands. Of each print the newest version.
 */
export async function findLikelyPages(serviceId: string | null): Promise<OwnPage[]> {
  return pagesWhere(
    `(v.service_id::text = :service or jsonb_array_length(coalesce(v.description->'blackouts', '[]')) > 0)`,
    { service: serviceId ?? '' }
  )
}

/** The pages of published versions `v` of services `s` of which a condition holds; of each print the newest version. */
async function pagesWhere(
  condition: string,
  bindings: Record<string, string | null>
): Promise<OwnPage[]> {
  if (!databaseIsKnown()) return []
  const { rows } = await db.rawQuery<{
    rows: { slug: string; number: number; pages: number; secret: boolean }[]
  }>(
    `select distinct on (v.service_id, v.description->>'printHash')
       s.slug, v.number, (v.description->>'pageCount')::int as pages,
       jsonb_array_length(coalesce(v.description->'blackouts', '[]')) > 0 as secret
     from service_versions v join services s on s.id = v.service_id
     where ${condition}
     order by v.service_id, v.description->>'printHash', v.number desc`,
    bindings
  )
  return rows.flatMap(({ slug, number, pages, secret }) =>
    Array.from({ length: pages }, (_, index) => published(slug, number, index + 1, secret))
  )
}

function published(service: string, version: number, page: number, secret: boolean): OwnPage {
  const form = async () => {
    const found = await findForm({ service, version })
    if (!found) throw new Error(`There is no version ${version} of ${service}`)
    return found
  }
  return {
    code: { service, version, page, copy: MASTER_PREFIX },
    secret,
    form,
    features: () => {
      const key = `${service}/${version}/${page}`
      const features =
        known.get(key) ?? form().then(async (found) => featuresOf(await found.blank(page)))
      known.set(key, features)
      features.catch(() => known.delete(key))
      return features
    },
  }
}

/** A page of a form that isn't published yet. */
export function draftPage(form: PaperForm, code: OwnPage['code']): OwnPage {
  let features: Promise<Features> | undefined
  return {
    code,
    secret: (form.description.blackouts ?? []).length > 0,
    form: async () => form,
    features: () => (features ??= form.blank(code.page).then(featuresOf)),
  }
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
  const laidOut: { own: OwnPage; form: PaperForm; page: Registration; share: number }[] = []
  for (const { own, homography } of likely) {
    const form = await own.form()
    const blank = await form.blank(own.code.page)
    const page = await registerPrint(scan, blank, homography, dpi)
    const share = page.ok ? printShare({ page: levelLight(page.image), blank }) : 0
    laidOut.push({ own, form, page, share })
  }
  laidOut.sort((a, b) => b.share - a.share)
  const best = newerOf(laidOut[0], laidOut[1])
  const rival = laidOut.find((one) => one !== best && !isSamePage(one.own, best.own))
  if (!best.page.ok) return best.page
  if (best.share < OWN_PRINT) return { ok: false, reason: 'wrong_form' }
  if (rival && rival.share > OWN_PRINT && best.share - rival.share < ALIKE)
    return { ok: false, reason: 'alike' }
  return { ok: true, own: best.own, form: best.form, page: best.page }
}

/** Of two editions of a page that fit a scan equally well the newer one. */
function newerOf<T extends { own: OwnPage; share: number }>(best: T, next: T | undefined): T {
  return next &&
    isSamePage(best.own, next.own) &&
    best.share - next.share < SAME &&
    next.own.code.version > best.own.code.version
    ? next
    : best
}

/** The same page of another edition of the form. */
function isSamePage(one: OwnPage, other: OwnPage): boolean {
  return one.code.service === other.code.service && one.code.page === other.code.page
}

async function likeliest(features: Features, pages: OwnPage[]) {
  const found: { own: OwnPage; features: number; homography: number[] }[] = []
  for (const own of pages) {
    const likeness = await likenessOf(features, await own.features())
    if (likeness.homography)
      found.push({ own, features: likeness.features, homography: likeness.homography })
  }
  found.sort((a, b) => b.features - a.features)
  return found.filter((one) => one.features >= RIVAL * found[0].features).slice(0, COMPARED)
}
