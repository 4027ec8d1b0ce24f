import '#app/identity/routes'
import '#app/catalog/routes'
import '#app/forms/routes'
import '#app/keying/routes'
import '#app/intake/routes'
import '#app/work/routes'
import '#app/submissions/routes'
import '#app/replies/routes'
import '#app/bookings/routes'
import '#app/printing/routes'
import '#app/register/routes'
import '#app/desk/routes'
import '#app/calls/routes'
import '#app/orders/routes'
import '#app/ledger/routes'
import { errors } from '@adonisjs/core'
import router from '@adonisjs/core/services/router'
import { middleware } from '#start/kernel'

// Addresses that lead nowhere pass through the same guards as all others: their page is as safe to show.
router
  .any('*', ({ request }) => {
    throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  })
  .use(middleware.everybody())
