export const REGIONS = ['Washington DC', 'London', 'Frankfurt', 'Tokyo', 'Sydney']
export const oneWayUs = (a: number, b: number) => 1000 * Math.abs(a - b)
