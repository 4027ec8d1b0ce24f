import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.get('/', [controllers.work.Work, 'index'])
    router.post('/take-back', [controllers.work.Assignments, 'takeBack'])
    router.post('/assignments', [controllers.work.Assignments, 'store'])
    router
      .group(() => {
        router.get('/', [controllers.work.Assignments, 'show'])
        router.put('/draft', [controllers.work.Assignments, 'update'])
        router.delete('/', [controllers.work.Assignments, 'destroy'])
        router.get('/snippet', [controllers.work.Assignments, 'snippet'])
        router.post('/result', [controllers.work.Results, 'store'])
      })
      .prefix('/assignments/:id')
      .where('id', router.matchers.uuid())
  })
  .prefix('/work')
  .use(middleware.may('tasks.take'))
