import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import { visibleTo } from '#app/identity/client_scope'
import WorkOrder from '#app/orders/work_order'

const id = router.matchers.uuid()

router
  .group(() => {
    router.get('/orders', [controllers.orders.Orders, 'index'])
    router.get('/orders/:id', [controllers.orders.Orders, 'show']).where('id', id)
  })
  .use(middleware.may('orders.see'))
router
  .group(() => {
    router.get('/orders/new', [controllers.orders.Orders, 'create'])
    router.post('/orders', [controllers.orders.Orders, 'store'])
    router
      .group(() => {
        router.post('/scans', [controllers.orders.OrderScans, 'store'])
        router.post('/closing', [controllers.orders.Orders, 'close'])
        router.post('/reopening', [controllers.orders.Orders, 'reopen'])
      })
      .prefix('/orders/:id')
      .where('id', id)
    router.get('/layouts', [controllers.orders.Layouts, 'index'])
    router.get('/layouts/new', [controllers.orders.Layouts, 'create'])
    router.post('/layouts', [controllers.orders.Layouts, 'store'])
  })
  .use(middleware.may('orders.commission'))
router
  .post('/submissions/:id/corrections', [controllers.orders.Corrections, 'store'])
  .where('id', id)
  .use(middleware.may('corrections.ask'))

transmit.authorize<{ id: string }>('orders/:id', async ({ auth }, params) =>
  auth.user
    ? (await visibleTo(WorkOrder.query(), auth.user).where('id', params.id).first()) !== null
    : false
)
