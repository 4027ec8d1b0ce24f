import type { HttpContext } from '@adonisjs/core/http'
import { listServices } from '#app/studio/list_services'
import { shippedKits } from '#app/catalog/service_files'
import Organization from '#app/people/organization'

/** A problem, and where it lies. */
interface ShownProblem {
  key: string
  at?: string
  /** nothing is wrong, but there is something to be said */
  kind?: 'note'
}

/** The list of services, with what was wrong about a new one. */
export async function showServices(
  { auth, request, view }: HttpContext,
  problem: ShownProblem | null
): Promise<string> {
  return view.render('studio/index', {
    services: await listServices(auth.getUserOrFail()),
    clients: await Organization.query().where('kind', 'client').orderBy('name'),
    shipped: await shippedKits(),
    problem,
    typed: problem ? request.only(['slug', 'name', 'name_en', 'client']) : {},
  })
}
