import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.get('/', [controllers.ledger.Checks, 'index'])
    router.get('/:id', [controllers.ledger.Checks, 'show']).where('id', router.matchers.uuid())
    router.post('/:id', [controllers.ledger.Checks, 'update']).where('id', router.matchers.uuid())
  })
  .prefix('/checks')
  .use([middleware.may(['ledger', 'check']), middleware.seen('checks')])

router
  .group(() => {
    router.get('/', [controllers.ledger.Ledgers, 'index'])
    router.post('/', [controllers.ledger.Ledgers, 'store'])
    router.post('/removal', [controllers.ledger.Ledgers, 'destroy'])
  })
  .prefix('/ledger')
  .use([middleware.may(['ledger', 'keep']), middleware.seen('ledger')])
