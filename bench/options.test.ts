import { readOptions } from './options.ts';

test('without a word every part is measured', () => {
  expect(readOptions([])).toMatchObject({ accept: false, wantsHelp: false, wrong: '' });
  expect(readOptions([]).parts).toHaveLength(7);
});

test('parts are named, and their counts accepted', () => {
  expect(readOptions(['cost', 'site', '--accept'])).toMatchObject({
    parts: ['cost', 'site'],
    accept: true,
    wrong: '',
  });
});

test('what is not understood is named, with what there is', () => {
  expect(readOptions(['speed']).wrong).toContain('no part speed; there are cost, scale');
  expect(readOptions(['--fast']).wrong).toBe('Unknown: --fast.');
});
