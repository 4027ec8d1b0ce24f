import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import { visibleTo } from '#app/identity/client_scope'
import LedgerImport from '#app/ledger/ledger_import'

router
  .group(() => {
    router.get('/', [controllers.ledger.Checks, 'index'])
    router.get('/:id', [controllers.ledger.Checks, 'show']).where('id', router.matchers.uuid())
    router.post('/:id', [controllers.ledger.Checks, 'update']).where('id', router.matchers.uuid())
  })
  .prefix('/checks')
  .use([middleware.may('requests.accept'), middleware.seen('checks')])

router
  .group(() => {
    router.get('/', [controllers.ledger.Ledgers, 'index'])
    router.post('/', [controllers.ledger.Ledgers, 'store'])
    router.get('/:id', [controllers.ledger.Ledgers, 'show']).where('id', router.matchers.uuid())
    router.post('/removal', [controllers.ledger.Ledgers, 'destroy'])
  })
  .prefix('/ledger')
  .use([middleware.may('ledger.keep'), middleware.seen('ledger')])

transmit.authorize<{ id: string }>('ledger-imports/:id', async ({ auth }, params) =>
  auth.user
    ? (await visibleTo(LedgerImport.query(), auth.user).where('id', params.id).first()) !== null
    : false
)
