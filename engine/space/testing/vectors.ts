/** Length of a vector of three (or two) components. */
export const hypot3 = ([x, y, z = 0]: readonly number[]): number => Math.sqrt(x! * x! + y! * y! + z * z)
