import { describe, expect, it } from 'vitest';
import { readReturnAddress } from './return-address.ts';

const origins = ['https://shop.example.org', 'https://admin.example.org:8443'];

describe('an address to return to', () => {
  it.each([
    ['/', 'https://shop.example.org/'],
    ['/orders/1?tab=lines#2', 'https://shop.example.org/orders/1?tab=lines#2'],
    [
      '/search?q=a%2Fb&to=https://evil.example',
      'https://shop.example.org/search?q=a%2Fb&to=https://evil.example',
    ],
    ['https://shop.example.org/cart', 'https://shop.example.org/cart'],
    ['HTTPS://SHOP.example.org/cart', 'https://shop.example.org/cart'],
    ['https://admin.example.org:8443/', 'https://admin.example.org:8443/'],
    ['/a/../b', 'https://shop.example.org/b'],
  ])('%s is %s', (text, address) => expect(readReturnAddress(text, origins)).toBe(address));

  it.each([
    '',
    'orders',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/%2Fevil.example',
    '/%2f%2fevil.example',
    '/%5Cevil.example',
    '/%252Fevil.example',
    '/%25252fevil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/%2e%2e//evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    'https://shop.example.org@evil.example/',
    'https://shop.example.org:443@evil.example/',
    'https://evil@shop.example.org/',
    'https://@shop.example.org/',
    'https://shop.example.org%40evil.example/',
    'https://shop.example.org.evil.example/',
    'https://shop.example.org\\@evil.example/',
    'https:\\\\shop.example.org/',
    'https:shop.example.org',
    'https:/shop.example.org',
    'https:///shop.example.org',
    'https://evil.example#https://shop.example.org',
    'https://shop.example.org:8443/',
    'http://shop.example.org/',
    'https://shоp.example.org/',
    'https://xn--shp-fmc.example.org/',
    'javascript:alert(1)//https://shop.example.org',
    'data:text/html,x',
    'blob:https://shop.example.org/x',
    `/${'x'.repeat(2_000)}`,
    '/a'.repeat(20_000),
  ])('%j is none', (text) => expect(readReturnAddress(text, origins)).toBeNull());
});
