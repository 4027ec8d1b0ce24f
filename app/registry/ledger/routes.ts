import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import { visibleTo } from '#app/people/client_scope'
import LedgerImport from '#app/registry/ledger/ledger_import'

router
  .group(() => {
    router.get('/', [controllers.registry.ledger.Ledgers, 'index'])
    router.post('/', [controllers.registry.ledger.Ledgers, 'store'])
    router
      .get('/:id', [controllers.registry.ledger.Ledgers, 'show'])
      .where('id', router.matchers.uuid())
    router.post('/removal', [controllers.registry.ledger.Ledgers, 'destroy'])
  })
  .prefix('/ledger')
  .use([middleware.may('ledger.keep'), middleware.seen('ledger')])

transmit.authorize<{ id: string }>('ledger-imports/:id', async ({ auth }, params) =>
  auth.user
    ? (await visibleTo(LedgerImport.query(), auth.user).where('id', params.id).first()) !== null
    : false
)
