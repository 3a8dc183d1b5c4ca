import { checkPolicy } from '@emporium/subgraph';
import { describe, expect, it } from 'vitest';
import { matrixOfAll, policies, schemaOf } from './matrix-of-all.ts';

describe.each(Object.entries(policies))('the policy of %s', (name, policy) => {
  it('has a line for each field of its schema, and none for what is no field', () =>
    expect(() => checkPolicy(schemaOf(name), policy)).not.toThrow());

  it('does not fit any more when a field loses its line', () => {
    for (const [type, lines] of Object.entries(policy)) {
      for (const field of Object.keys(lines)) {
        if (field === '*') continue;
        const { [field]: _lost, ...rest } = lines;
        expect(() => checkPolicy(schemaOf(name), { ...policy, [type]: rest })).toThrow(`${type}.${field}`);
      }
    }
  });
});

describe('SUPPORT', () => {
  it('changes nothing of what is bought, sold, stocked and paid; users opens only its own account to it', () => {
    const { users: _ownAccount, ...trade } = matrixOfAll();
    const callable = Object.values(trade)
      .flat()
      .filter(({ path, cells }) => path === 'mutation' && cells.support !== 'FORBIDDEN');
    expect(callable).toEqual([]);
  });
});
