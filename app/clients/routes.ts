import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import { visibleTo } from '#app/people/client_scope'
import WorkOrder from '#app/submissions/work_order'

const id = router.matchers.uuid()

router
  .group(() => {
    router.get('/orders', [controllers.clients.Orders, 'index'])
    router.get('/orders/:id', [controllers.clients.Orders, 'show']).where('id', id)
  })
  .use(middleware.may('orders.see'))
router
  .group(() => {
    router.get('/orders/new', [controllers.clients.Orders, 'create'])
    router.post('/orders', [controllers.clients.Orders, 'store'])
    router
      .group(() => {
        router.post('/scans', [controllers.clients.OrderScans, 'store'])
        router.post('/closing', [controllers.clients.Orders, 'close'])
        router.post('/reopening', [controllers.clients.Orders, 'reopen'])
      })
      .prefix('/orders/:id')
      .where('id', id)
    router.get('/layouts', [controllers.clients.Layouts, 'index'])
    router.get('/layouts/new', [controllers.clients.Layouts, 'create'])
    router.post('/layouts', [controllers.clients.Layouts, 'store'])
  })
  .use(middleware.may('orders.commission'))
router
  .post('/submissions/:id/corrections', [controllers.clients.Corrections, 'store'])
  .where('id', id)
  .use(middleware.may('corrections.ask'))

transmit.authorize<{ id: string }>('orders/:id', async ({ auth }, params) =>
  auth.user
    ? (await visibleTo(WorkOrder.query(), auth.user).where('id', params.id).first()) !== null
    : false
)
