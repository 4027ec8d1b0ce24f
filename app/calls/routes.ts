import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.get('/', [controllers.calls.Calls, 'index']).use(middleware.seen('calls'))
    router.post('/', [controllers.calls.Calls, 'store'])
    router.get('/ringing', [controllers.calls.Calls, 'ringing'])
    router
      .get('/:id', [controllers.calls.Calls, 'show'])
      .where('id', router.matchers.uuid())
      .use(middleware.seen('calls'))
    router
      .post('/:id/relay', [controllers.calls.Calls, 'relay'])
      .where('id', router.matchers.uuid())
    router.post('/:id/ending', [controllers.calls.Calls, 'end']).where('id', router.matchers.uuid())
  })
  .prefix('/calls')
  .use(middleware.may('desk.serve'))

router.post('/hooks/calls', [controllers.calls.Hooks, 'calls']).use(middleware.everybody())

transmit.authorize('calls', ({ auth }) => Boolean(auth.user?.worksForCenter))
