"""Regret per morning: is it ready when the person is there?"""
