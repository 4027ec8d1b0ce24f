import '#app/people/routes'
import '#app/center/routes'
import '#app/studio/routes'
import '#app/studio/paper/routes'
import '#app/keying/routes'
import '#app/intake/routes'
import '#app/tasks/routes'
import '#app/submissions/routes'
import '#app/replies/routes'
import '#app/bookings/routes'
import '#app/replies/print_runs/routes'
import '#app/replies/postings/routes'
import '#app/registry/routes'
import '#app/desk/routes'
import '#app/desk/calls/routes'
import '#app/clients/routes'
import '#app/clients/exports/routes'
import '#app/batches/routes'
import '#app/mailings/routes'
import '#app/registry/ledger/routes'
import '#app/handover/routes'
import '#app/handover/acceptance/routes'
import { errors } from '@adonisjs/core'
import router from '@adonisjs/core/services/router'
import { middleware } from '#start/kernel'

const NOWHERE = '*'

// Addresses that lead nowhere pass through the same guards as all others: their page is as safe to show.
router
  .any(NOWHERE, ({ request, response }) => {
    const path = request.url()
    if (request.method() === 'GET' && takesAnswers(path)) return response.redirect(parentOf(path))
    throw new errors.E_ROUTE_NOT_FOUND([request.method(), path])
  })
  .use(middleware.everybody())

/** Whether an answer is sent there. Refused and opened again, its address has nothing to show by itself. */
function takesAnswers(path: string): boolean {
  return router.match(path, 'POST', true)?.route.pattern !== `/${NOWHERE}`
}

/** Finds the address that shows what an answer belongs to: the first above its own that shows anything. */
function parentOf(path: string): string {
  const above = `/${path.split('/').filter(Boolean).slice(0, -1).join('/')}`
  const shows = router.match(above, 'GET', true)?.route.pattern !== `/${NOWHERE}`
  return shows || above === '/' ? above : parentOf(above)
}
