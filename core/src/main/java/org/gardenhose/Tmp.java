package org.gardenhose;
final class Tmp {}
