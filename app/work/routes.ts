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
        router.post('/entry', [controllers.work.Results, 'entry'])
        router.post('/adjudication', [controllers.work.Results, 'adjudication'])
        router.post('/identification', [controllers.work.Results, 'identification'])
        router.post('/pairing', [controllers.work.Results, 'pairing'])
        router.post('/call', [controllers.work.Results, 'call'])
        router.post('/call-back', [controllers.work.Results, 'callBack'])
        router.post('/correction', [controllers.work.Results, 'correction'])
        router.post('/substitution', [controllers.work.Results, 'substitution'])
      })
      .prefix('/assignments/:id')
      .where('id', router.matchers.uuid())
  })
  .prefix('/work')
  .use(middleware.may(['work', 'take']))
