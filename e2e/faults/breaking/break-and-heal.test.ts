import { describe, expect, it } from 'vitest';
import type { Fault, Stage } from '../faults/fault.ts';
import { breakAndHeal, type Meanwhile } from './break-and-heal.ts';

const stage = {} as Stage;
const buying = (sells: boolean): Meanwhile => {
  const bought: { orderId: string; shown: [] }[] = [];
  const more = async (orders: number) => {
    if (sells) bought.push(...Array.from({ length: orders }, () => ({ orderId: 'o', shown: [] as [] })));
    return sells;
  };
  return { visitor: {} as Meanwhile['visitor'], shoppers: { bought, more }, patienceMs: 30 };
};
const fails = () => {
  throw new Error('no');
};

const tried = async (fault: Partial<Fault>, sells = true) => {
  const heard: string[] = [];
  const { violations, taken } = await breakAndHeal(
    {
      ...{
        name: 'a fault',
        holdMs: 0,
        break: () => heard.push('broken'),
        heal: () => heard.push('healed'),
      },
      ...fault,
    },
    stage,
    buying(sells),
  );
  return { rules: violations.map(({ rule }) => rule), heard, taken };
};

describe('a fault', () => {
  it('is made and healed', async () =>
    expect(await tried({})).toEqual({ rules: [], heard: ['broken', 'healed'], taken: 0 }));

  it('that nothing has met is none, and is healed', async () =>
    expect(await tried({ felt: () => false })).toMatchObject({
      rules: ['the fault can be made'],
      heard: ['broken', 'healed'],
    }));

  it('is held until something has met it', async () => {
    let asked = 0;
    const felt = () => {
      asked += 1;
      return asked > 1;
    };
    expect(await tried({ felt })).toMatchObject({ rules: [], heard: ['broken', 'healed'] });
  });

  it('that cannot be made is healed', async () =>
    expect(await tried({ break: fails })).toMatchObject({
      rules: ['the fault can be made'],
      heard: ['healed'],
    }));

  it('that cannot be healed is told', async () =>
    expect(await tried({ heal: fails })).toMatchObject({ rules: ['the shop can be healed'] }));

  it('during which orders are to be taken is held until some were', async () =>
    expect(await tried({ takesOrders: true })).toMatchObject({ rules: [], taken: 2 }));

  it('during which nobody can buy, and should, is told', async () =>
    expect(await tried({ takesOrders: true }, false)).toMatchObject({
      rules: ['orders are taken meanwhile'],
      heard: ['broken', 'healed'],
    }));

  it('during which a page lacks what it should show is told', async () =>
    expect(
      await tried({ meanwhile: async () => [{ rule: 'what is not broken is still shown', rows: [{}] }] }),
    ).toMatchObject({ rules: ['what is not broken is still shown'], heard: ['broken', 'healed'] }));
});
