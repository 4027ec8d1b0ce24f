import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.post('/repetition', [controllers.handover.Handovers, 'repeat'])
    router.post('/cancellation', [controllers.handover.Handovers, 'takeBack'])
  })
  .prefix('/submissions/:id/handover')
  .where('id', router.matchers.uuid())
  .use(middleware.may('handovers.repeat'))

router
  .post('/work/assignments/:id/copies', [
    controllers.handover.connectors.byHand.CopiedValues,
    'store',
  ])
  .where('id', router.matchers.uuid())
  .use(middleware.may('tasks.take'))
